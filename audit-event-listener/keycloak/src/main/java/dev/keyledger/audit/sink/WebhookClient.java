package dev.keyledger.audit.sink;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.jboss.logging.Logger;

/** Posts to URLs that realms' admins have named: only to addresses that are allowed, without redirects, for a while only. */
final class WebhookClient {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int CONNECT = 5_000;
    private static final int READ = 10_000;
    private static final Duration WHOLE = Duration.ofSeconds(15);
    private static final int MAX_CONNECTIONS = 50;

    private final CloseableHttpClient client;
    private final Deadlines deadlines;

    WebhookClient(ReachableAddresses addresses, Deadlines deadlines) {
        this.deadlines = deadlines;
        this.client = HttpClients.custom()
                .setDnsResolver(addresses::resolve)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setUserAgent("Keyledger")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setConnectionRequestTimeout(CONNECT)
                        .setSocketTimeout(READ)
                        .build())
                .build();
    }

    /** Posts a body, and answers the status; nothing of what the other side says is kept. */
    int post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        HttpPost request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body));
        Deadlines.Running limit = deadlines.after(WHOLE, request::abort);
        try (CloseableHttpResponse response = client.execute(request)) {
            drain(response);
            return response.getStatusLine().getStatusCode();
        } finally {
            limit.cancel();
        }
    }

    /** A short answer is read, so that the connection can be used again; of a long one the connection is closed. */
    private static void drain(CloseableHttpResponse response) throws IOException {
        if (response.getEntity() != null
                && response.getEntity().getContentLength() >= 0
                && response.getEntity().getContentLength() <= READ) {
            response.getEntity().getContent().readNBytes(READ);
        }
    }

    void close() {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("the connections to webhooks could not be closed", e);
        }
    }
}
