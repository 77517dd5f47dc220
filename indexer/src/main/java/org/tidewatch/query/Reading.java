package org.tidewatch.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.query.Parsed.Remark;

/**
 * One query being read: its fields, what its author should know so far, and how many clauses it has come to. Not
 * thread-safe.
 */
final class Reading {

    private final Fields fields;
    private final Set<Remark> remarks = new LinkedHashSet<>();
    private int clauses;

    Reading(Fields fields) {
        this.fields = fields;
    }

    Fields fields() {
        return fields;
    }

    void remark(String message, int position) {
        remarks.add(new Remark(message, position));
    }

    List<Remark> remarks() {
        return new ArrayList<>(remarks);
    }

    /** Takes note of a leaf. */
    Clause leaf(Clause leaf, int position) throws QueryRefused {
        clauses++;
        if (clauses > Judgement.MAX_CLAUSES) {
            throw Judgement.tooManyClauses(fields, position);
        }
        return leaf;
    }

    /**
     * What a field named in full is; empty for an object and for what does not exist.
     *
     * @throws QueryRefused if no search can ask for it
     */
    Optional<Fields.Type> type(String field, int position) throws QueryRefused {
        if (fields.isBookkeeping(field)) {
            throw new QueryRefused(
                    "\"" + field + "\" is written once an item has been matched: a saved search cannot ask for it",
                    position);
        }
        String plain = field.endsWith(Fields.FOLDED_SUFFIX)
                ? field.substring(0, field.length() - Fields.FOLDED_SUFFIX.length())
                : field;
        if (fields.folded(plain).filter(field::equals).isPresent()) {
            throw new QueryRefused(
                    "\"" + field + "\" holds disguised spellings laid bare and is searched by itself: ask for \""
                            + plain + "\"",
                    position);
        }
        Optional<Fields.Type> type = fields.type(field);
        if (type.isEmpty()) {
            List<String> under = fields.under(field);
            remark(under.isEmpty() ? unknown(field) : objectOf(field, under), position);
        }
        return type;
    }

    private static String objectOf(String field, List<String> under) {
        return "\"" + field + "\" has no value of its own, so this finds nothing: ask for "
                + String.join(" or ", under);
    }

    private String unknown(String field) {
        return "Items have no field \"" + field + "\", so this finds nothing"
                + fields.suggestion(field)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; docs/searches.md lists the fields");
    }
}
