package dev.keyledger.log.bundle;

/** The {@code README.txt} of a bundle: how to check it with our tool, and with tools that are not ours. */
final class BundleReadme {
    private static final String TEXT = """
            Evidence bundle of the audit log
              %s

            VERIFY WITH THE TOOL OF KEYLEDGER (a JDK 17 or newer, no network)

              java -jar keyledger.jar verify THIS-BUNDLE.zip

            The last line is VERIFIED, TAMPERED or INCOMPLETE; the exit code is 0, 1 or 2. The keys in keys.txt came
            with this bundle, so they prove nothing by themselves: compare them with the vkey that you got another way,
            or name that one with --vkey. To see that nothing was rewritten since you last looked, name the checkpoint
            that you kept with --since.

            VERIFY WITH OTHER TOOLS

            checkpoint is a C2SP signed note (c2sp.org/tlog-checkpoint): its text is the origin, the number of entries
            and the RFC 6962 root hash; golang.org/x/mod/sumdb/note opens it with the vkey in keys.txt.
            tile/ is a C2SP tlog-tiles tree (c2sp.org/tlog-tiles): unzip, serve the folder with any static web server
            (for example: python3 -m http.server), and point any tlog-tiles client at it.
            proofs/*.tlog-proof, in a partial bundle, are C2SP tlog-proofs; leaves.jsonl holds their leaves in base64.

            WHAT IS IN IT

            manifest.json    range of entries, SHA-256 of every file
            checkpoint       what the log signed
            checkpoint.old, consistency.txt
                             an earlier checkpoint, and the proof that nothing before it was rewritten
            keys.txt         public keys of the log (vkeys), oldest first
            rotations/       for each later key: the entry that introduces it, proved by an older key's checkpoint
            tile/<L>/...     hashes of the Merkle tree; tile/entries/... the entries
            tsa/<size>.checkpoint, tsa/<size>.tsr
                             a checkpoint, and an RFC 3161 time stamp of its text:
                             head -n 3 tsa/<size>.checkpoint > text
                             openssl ts -verify -data text -in tsa/<size>.tsr -CAfile the-authority's-root.pem
            private.jsonl    disclosed values with their salts; each opens a commitment in its entry:
                             HMAC-SHA256(salt, "keyledger/commit/v1" 00 origin 00 entry-id 00 slot 00 JCS(value))
            """;

    private BundleReadme() {}

    static String text(String origin) {
        return TEXT.formatted(origin);
    }
}
