export { type Action, useAction } from "../../hooks/useAction";
