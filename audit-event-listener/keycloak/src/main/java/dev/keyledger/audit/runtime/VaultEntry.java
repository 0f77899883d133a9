package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyPlace;
import dev.keyledger.audit.key.KeyText;
import dev.keyledger.audit.key.MasterKey;
import java.io.IOException;
import java.util.Optional;

/** A master key in Keycloak's vault. */
final class VaultEntry implements KeyPlace {
    private final VaultText text;

    VaultEntry(VaultText text) {
        this.text = text;
    }

    @Override
    public String describe() {
        return text.describe();
    }

    @Override
    public Optional<MasterKey> read() throws KeyException {
        Optional<String> found;
        try {
            found = text.find();
        } catch (IOException e) {
            throw new KeyException(String.valueOf(e.getMessage()), e);
        }
        try {
            return found.isEmpty() ? Optional.empty() : Optional.of(KeyText.parse(found.get()));
        } catch (KeyException e) {
            throw new KeyException(describe() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public MasterKey make() throws KeyException {
        throw new KeyException(describe() + " is not there. Write one, such as `openssl rand -base64 32` prints, and"
                + " start Keycloak with its option vault");
    }
}
