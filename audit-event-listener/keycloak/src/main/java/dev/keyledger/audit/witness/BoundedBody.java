package dev.keyledger.audit.witness;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an answer that may not be longer than some dozens of cosignatures. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private static final int MAX_BYTES = 64 * 1_024;

    private final HttpResponse.BodySubscriber<byte[]> whole = HttpResponse.BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription subscription;
    private long left = MAX_BYTES;

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
        subscription = from;
        whole.onSubscribe(from);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        Flow.Subscription from = subscription;
        if (left >= 0) {
            whole.onNext(buffers);
        } else if (from != null) {
            from.cancel();
            whole.onError(new IOException("answer has more than " + MAX_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable cause) {
        whole.onError(cause);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
