package org.tidewatch.item;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** A reference to an image, video, sound or file that an item shows; its bytes are never kept. */
public record Media(Type type, String url, Optional<String> title) {

    public enum Type {
        @JsonProperty("image")
        IMAGE,
        @JsonProperty("video")
        VIDEO,
        @JsonProperty("audio")
        AUDIO,
        @JsonProperty("file")
        FILE
    }
}
