package org.tidewatch.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** XML without its document type: no entity of its own, no external subset, nothing that a parser could fetch or expand. */
final class XmlText {

    private static final Pattern DOCTYPE =
            Pattern.compile("<!DOCTYPE[^>\\[]*+(?:\\[(?:[^\\]\"']|\"[^\"]*+\"|'[^']*+')*+\\]\\s*+)?+>");
    private static final Pattern DECLARATION = Pattern.compile("\\A\\s*+<\\?xml[^>]*+\\?>");

    private XmlText() {}

    /** The text from the root element on; an entity that only the document type declares is an error to any parser. */
    static String withoutDoctype(String xml) {
        Matcher declaration = DECLARATION.matcher(xml);
        String body = declaration.find() ? xml.substring(declaration.end()) : xml;
        return DOCTYPE.matcher(body).replaceFirst("").strip();
    }
}
