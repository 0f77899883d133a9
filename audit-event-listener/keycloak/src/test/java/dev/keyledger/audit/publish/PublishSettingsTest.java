package dev.keyledger.audit.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishSettingsTest {

    @Test
    void publishesNothingUnlessItIsToldTo() {
        assertThat(new PublishSettings(Set.of(), null).isPublic("acme")).isFalse();
        assertThat(new PublishSettings(Set.of("none"), null).isPublic("none")).isFalse();
    }

    @Test
    void publishesTheRealmsThatAreNamed() {
        PublishSettings settings = new PublishSettings(Set.of("acme", "_server"), null);

        assertThat(settings.isPublic("acme")).isTrue();
        assertThat(settings.isPublic("_server")).isTrue();
        assertThat(settings.isPublic("Acme")).isFalse();
        assertThat(new PublishSettings(Set.of("all"), null).isPublic("acme")).isTrue();
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> new PublishSettings(Set.of("none", "acme"), null))
                .hasMessageContaining("public-tiles");
        assertThatThrownBy(() -> new PublishSettings(Set.of(), Path.of("tiles")))
                .hasMessageContaining("absolute");
    }

    @Test
    void zipsOnlyForThoseWhoTakeIt() {
        assertThat(TilesResource.acceptsGzip("deflate, gzip;q=0.5, br")).isTrue();
        assertThat(TilesResource.acceptsGzip("GZIP")).isTrue();
        assertThat(TilesResource.acceptsGzip("gzip; q=1")).isTrue();
        assertThat(TilesResource.acceptsGzip("gzip;q=0")).isFalse();
        assertThat(TilesResource.acceptsGzip("gzip;q=0.0, identity")).isFalse();
        assertThat(TilesResource.acceptsGzip("identity")).isFalse();
        assertThat(TilesResource.acceptsGzip("")).isFalse();
    }
}
