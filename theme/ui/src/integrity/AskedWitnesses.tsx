import type { Witnesses } from "../api/types";
import { useLanguage } from "../i18n";

/** Those who are asked to cosign, each with its last cosignature, and how far as many as are wanted have come. */
export const AskedWitnesses = ({ witnesses: { asked, quorumSize } }: { readonly witnesses: Witnesses }) => {
  const { t, number, time } = useLanguage();
  return (
    <div data-testid="keyledger-witnesses">
      <p>{t("integrity.quorum", { count: number(quorumSize) })}</p>
      <ul className="keyledger-request">
        {asked.map((witness) => (
          <li key={witness.name + witness.url}>
            <div className="keyledger-long">
              {witness.name} <span className="keyledger-muted">{witness.url}</span>
            </div>
            {witness.time === null
              ? t("integrity.never")
              : t("integrity.cosigned", { count: number(witness.size), time: time(witness.time) })}
            {witness.error && <p className="keyledger-mono keyledger-removed">{witness.error}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
};
