import "../page/page.css";
import { definePage } from "../page/pageElement";
import { stylesBehindTheConsoles } from "../page/styles";
import { ScimPage } from "./pages/ScimPage";
import "./scim.css";

/** Resolves when the pages' styles stand where they cannot change the look of the stock pages. */
export const ready = stylesBehindTheConsoles(import.meta.url);

definePage("keyledger-scim", (context) => <ScimPage key={context.realm} context={context} />);
