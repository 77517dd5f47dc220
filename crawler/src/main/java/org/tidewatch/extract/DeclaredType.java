package org.tidewatch.extract;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Content-Type header says (RFC 9110, section 8.3): the media type without parameters, and the charset. */
record DeclaredType(Optional<String> mediaType, Optional<String> charset) {

    private static final Pattern TYPE = Pattern.compile("^\\s*([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([\\w.:+-]+)");

    static DeclaredType of(Optional<String> header) {
        return new DeclaredType(
                header.flatMap(value -> first(TYPE, value)).map(type -> type.toLowerCase(Locale.ROOT)),
                header.flatMap(value -> first(CHARSET, value)));
    }

    boolean is(String type) {
        return mediaType.filter(type::equals).isPresent();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
