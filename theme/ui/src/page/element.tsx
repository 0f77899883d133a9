import { AuditLogPage } from "../pages/AuditLogPage";
import "./page.css";
import "../components/entry.css";
import "../timeline/timeline.css";
import { definePage } from "./pageElement";
import { stylesBehindTheConsoles } from "./styles";

/** Resolves when the page's styles stand where they cannot change the look of the stock pages. */
export const ready = stylesBehindTheConsoles(import.meta.url);

definePage("keyledger-audit-log", (context) => <AuditLogPage key={context.realm} context={context} />);
