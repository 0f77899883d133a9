package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.ScimException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    @Test
    void isReadOnceAndNoFurtherThanItHasToBe() {
        RequestBody body = new RequestBody(new ByteArrayInputStream(new byte[100]));

        assertThat(body.read(10)).hasSize(11);
        assertThat(body.read(10)).hasSize(11);
        assertThat(new RequestBody(null).read(10)).isEmpty();
    }

    @Test
    void aClientThatGoesAwayIsNoFaultOfOurs() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        RequestBody body = new RequestBody(broken);

        assertThatThrownBy(() -> body.read(10))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
}
