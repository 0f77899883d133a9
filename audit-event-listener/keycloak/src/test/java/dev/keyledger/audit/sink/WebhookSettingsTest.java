package dev.keyledger.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.audit.storage.TestKeys;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.siem.WebhookSecret;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSettingsTest {
    private static final String URL = "https://siem.example.com/hook";

    private final KeyRing keys = TestKeys.ring();
    private final WebhookSecret old = WebhookSecret.generate(new SecureRandom());
    private final WebhookSecret fresh = WebhookSecret.generate(new SecureRandom());
    private final WebhookSettings settings = parse(
                    "{\"url\":\"" + URL + "\",\"kinds\":[\"admin\"],\"outcome\":\"failure\"}")
            .with(List.of(new WebhookSettings.Secret(fresh, Long.MAX_VALUE), new WebhookSettings.Secret(old, 1_000)));

    @Test
    void opensInItsOwnRowOnly() {
        SinkEntity row = row("hook");
        row.settings = settings.seal(keys, row);

        assertThat(WebhookSettings.open(keys, row)).isEqualTo(settings);
        SinkEntity other = row("other");
        other.settings = row.settings;
        assertThatThrownBy(() -> WebhookSettings.open(keys, other)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> WebhookSettings.open(TestKeys.ring(), row)).isInstanceOf(IllegalStateException.class);
        other.settings = null;
        assertThatThrownBy(() -> WebhookSettings.open(keys, other)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensAfterTheKeysWereMoved() {
        SinkEntity row = row("hook");
        row.settings = settings.seal(keys, row);

        assertThat(WebhookSettings.open(TestKeys.moved(keys), row)).isEqualTo(settings);
    }

    @Test
    void anOlderSecretSignsUntilItsTimeIsOver() {
        assertThat(settings.signing(999)).containsExactly(fresh, old);
        assertThat(settings.signing(1_000)).containsExactly(fresh);
    }

    @Test
    void showsNoSecret() {
        assertThat(settings.shown().toString()).doesNotContain("whsec_").contains(URL);
    }

    @Test
    void httpIsRefusedUnlessItIsAllowed() {
        String http = "{\"url\":\"http://siem.example.com\"}";

        assertThatThrownBy(() -> parse(http)).isInstanceOf(FormatException.class);
        assertThat(WebhookSettings.parse(JsonReader.parseObject(http), true).url())
                .hasScheme("http");
    }

    private static WebhookSettings parse(String json) {
        return WebhookSettings.parse(JsonReader.parseObject(json), false);
    }

    private static SinkEntity row(String name) {
        SinkEntity row = new SinkEntity();
        row.sinkId = "sink-id";
        row.realmId = "realm-a";
        row.name = name;
        return row;
    }
}
