package org.tidewatch.topology;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import org.tidewatch.index.Json;

/** Carries records between workers as the same JSON that the index holds. */
public abstract class JsonSerializer<T> extends Serializer<T> {

    private final Class<T> type;

    protected JsonSerializer(Class<T> type) {
        super(false, true);
        this.type = type;
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        byte[] bytes = Json.text(value).getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length, true);
        output.writeBytes(bytes);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> wanted) {
        return Json.parse(new String(input.readBytes(input.readInt(true)), StandardCharsets.UTF_8), type);
    }

    /** Of {@link ReadPage}. */
    public static final class OfReadPage extends JsonSerializer<ReadPage> {
        public OfReadPage() {
            super(ReadPage.class);
        }
    }

    /** Of {@link MatchedPage}. */
    public static final class OfMatchedPage extends JsonSerializer<MatchedPage> {
        public OfMatchedPage() {
            super(MatchedPage.class);
        }
    }
}
