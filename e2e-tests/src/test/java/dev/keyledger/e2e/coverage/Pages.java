package dev.keyledger.e2e.coverage;

import dev.keyledger.e2e.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: it keeps cookies, follows redirects within the server, and fills in forms. */
final class Pages {
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*\\saction=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b[^>]*>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    private static final Pattern PATH = Pattern.compile("(?i);\\s*path=([^;]+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String server;
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private String url = "";
    private String html = "";
    private int status;

    /** @param server its URL; what leads elsewhere is not followed */
    Pages(String server) {
        this.server = server;
    }

    Pages open(String target) {
        return send(HttpRequest.newBuilder(URI.create(target)).GET());
    }

    /** Submits the first form with its hidden fields and these. */
    Pages submit(String... namesAndValues) {
        Matcher form = FORM.matcher(html);
        if (!form.find()) {
            throw new IllegalStateException("no form at " + this);
        }
        Map<String, String> all = hidden(form.group(2));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        String body = all.entrySet().stream()
                .map(field -> Http.encode(field.getKey()) + "=" + Http.encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(url).resolve(plain(form.group(1))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Follows the first link whose target contains {@code part}. */
    Pages follow(String part) {
        Matcher link = LINK.matcher(html);
        while (link.find()) {
            String target = plain(link.group(1));
            if (target.contains(part)) {
                return open(URI.create(url).resolve(target).toString());
            }
        }
        throw new IllegalStateException("no link to " + part + " at " + this);
    }

    /** The value of a hidden field. */
    String field(String name) {
        Matcher form = FORM.matcher(html);
        String value = form.find() ? hidden(form.group(2)).get(name) : null;
        if (value == null) {
            throw new IllegalStateException("no field " + name + " at " + this);
        }
        return value;
    }

    boolean has(String text) {
        return html.contains(text);
    }

    /** A parameter of the address that this page was at, or led to. */
    String parameter(String name) {
        Matcher found = Pattern.compile("[?&#]" + name + "=([^&#]+)").matcher(url);
        if (!found.find()) {
            throw new IllegalStateException("no parameter " + name + " at " + this);
        }
        return URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = html.replaceAll("(?s)<(script|style).*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
        return url + " (" + status + "): " + text.substring(0, Math.min(400, text.length()));
    }

    private Pages send(HttpRequest.Builder request) {
        String path = request.copy().build().uri().getPath();
        String sent = cookies.values().stream()
                .filter(cookie -> path.startsWith(cookie.path()))
                .map(Cookie::pair)
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        try {
            HttpRequest built = request.build();
            HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            url = built.uri().toString();
            html = response.body();
            status = response.statusCode();
            String location = response.headers().firstValue("Location").orElse("");
            if (location.isEmpty()) {
                return this;
            }
            url = URI.create(url).resolve(location).toString();
            return url.startsWith(server) ? open(url) : this;
        } catch (IOException e) {
            throw new UncheckedIOException("no page", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page was to come", e);
        }
    }

    /** Whether a cookie is for secure connections only does not matter on the loopback interface. */
    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        Matcher found = PATH.matcher(header);
        String path = found.find() ? found.group(1) : "/";
        String key = path + " " + pair.split("=", 2)[0];
        if (pair.endsWith("=") || header.contains("Max-Age=0")) {
            cookies.remove(key);
        } else {
            cookies.put(key, new Cookie(pair, path));
        }
    }

    private record Cookie(String pair, String path) {}

    private static Map<String, String> hidden(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(form);
        while (input.find()) {
            String name = attribute(input.group(), "name");
            if (!name.isEmpty() && attribute(input.group(), "type").equals("hidden")) {
                fields.put(name, attribute(input.group(), "value"));
            }
        }
        return fields;
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? plain(value.group(1)) : "";
    }

    private static String plain(String html) {
        return html.replace("&amp;", "&")
                .replace("&#x2F;", "/")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x3D;", "=")
                .strip();
    }
}
