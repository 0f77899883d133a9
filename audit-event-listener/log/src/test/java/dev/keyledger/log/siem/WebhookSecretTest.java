package dev.keyledger.log.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.FormatException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    /** The example of the Standard Webhooks libraries. */
    @Test
    void signsAsStandardWebhooksDoes() {
        WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        String signature = secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aNewOneReadsBack() {
        WebhookSecret secret = WebhookSecret.generate(new SecureRandom());

        assertThat(secret.text()).startsWith("whsec_").hasSize(6 + 44);
        assertThat(WebhookSecret.parse(secret.text())).isEqualTo(secret);
        assertThat(secret.toString()).doesNotContain(secret.text().substring(6));
    }

    @Test
    void refusesWhatIsNone() {
        for (String bad :
                new String[] {"", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%"}) {
            assertThatThrownBy(() -> WebhookSecret.parse(bad)).isInstanceOf(FormatException.class);
        }
    }
}
