import { startHook } from "./hook";

// The outermost boundary: whatever goes wrong here must leave the stock console as it is.
try {
  startHook();
} catch (problem) {
  reportError(problem);
}
