package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, what is remarked upon and what is refused. That it finds what the server finds is tested with the server. */
class LuceneSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text:Falcon                       # text:falcon",
                "text:\"Purple FALCON\"            # text:purple falcon",
                "text:\"purple falcon\"~3          # text:purple falcon~3",
                "text:\"falcon\"~3                 # text:falcon",
                "text:(purple falcon)              # (text:purple | text:falcon)",
                "text:purple-falcon                # (text:purple | text:falcon)",
                "text:Falc*                        # text^falc",
                "text:purple-Falc*                 # (text:purple | text^falc)",
                "text:\\-*                         # none",
                "text:f?Lc*n                       # text?f?lc*n",
                "text:falcon~1                     # text~falcon~1",
                "text:cat~                         # text~cat~1",
                "text:ab~                          # text~ab~0",
                "text:Falcon~                      # text~falcon~2",
                "text:/fal[ck]on/                  # text/fal[ck]on/",
                "text:(a AND b)                    # (text:a & text:b)",
                "text:a && text:b                  # (text:a & text:b)",
                "text:a || text:b                  # (text:a | text:b)",
                "text:a NOT text:b                 # (text:a & !text:b)",
                "+text:a -text:b !text:c           # (text:a & !text:b & !text:c)",
                "text:a AND (NOT text:b)           # (text:a & !text:b)",
                "text:a OR (NOT text:b)            # (text:a | !text:b)",
                "NOT text:a                        # !text:a",
                "text:a OR text:b AND text:c       # (text:b & text:c)",
                "text:a AND text:b OR text:c       # (text:a & text:b)",
                "text:(purple falcon AND dawn)     # (text:falcon & text:dawn)",
                "text:a^2                          # text:a",
                "(text:a text:b)^0.5               # (text:a | text:b)",
                "text:\"!!!\" OR text:dawn             # text:dawn",
                "text:\"!!!\"                        # none",
                "platform:Forum                    # platform=Forum",
                "platform:For*                     # platform^For",
                "platform:F?r*                     # platform?F?r*",
                "tags:\"Harbour Watch\"            # tags=Harbour Watch",
                "tags:(harbour watch)              # tags=harbour watch",
                "tags:\"\"                         # tags=",
                "has_media:true                    # has_media=true",
                "has_media:[false TO true}         # has_media=false",
                "language:>=ru                     # language[ru..]",
                "language:<ru                      # language[..ru}",
                "text:[Falco TO *}                 # text[falco..}",
                "text:*                            # text exists",
                "_exists_:text                     # text exists",
                "_exists_:author                   # (author.handle exists | author.name exists)",
                "_exists_:auth\\*                  # (author.handle exists | author.name exists)",
                "author.\\*:Mara                   # (author.handle=Mara | author.name:mara)",
                "*:*                               # *",
                "                                  # *",
                "published_at:2026-11-05           # published_at[2026-11-05..2026-11-05^]",
                "published_at:\"2026-11-05||/M\"   # published_at[2026-11-05||/M..2026-11-05||/M^]",
                "published_at:[now-1d TO now]      # published_at[now-1d..now^]",
                "published_at:[2026-11-02 TO *}    # published_at[2026-11-02..]",
                "published_at:{2026 TO 2027}       # published_at[2026^+1..2027-1]",
                "published_at:<2026-11-02          # published_at[..2026-11-02-1]",
                "published_at:>2026-11-01          # published_at[2026-11-01^+1..]",
                "\\u0066alcon                      # (title:falcon | text:falcon | quoted:falcon | author.name:falcon"
                        + " | author.handle=falcon)",
                "*                                 # (title exists | text exists | quoted exists | author.name exists"
                        + " | author.handle exists)"
            })
    void readsWhatAnAnalystTypes(String line) throws QueryRefused {
        String[] parts = line.split(" +# ", 2);

        assertThat(ShownClause.of(
                        LuceneSyntax.parse(parts[0].strip(), Fields.ofItems()).clause()))
                .isEqualTo(parts[1]);
    }

    @Test
    void aBareTermSearchesTheDefaultFieldsEachInItsOwnWay() throws QueryRefused {
        assertThat(ShownClause.of(
                        LuceneSyntax.parse("Falcon-one", Fields.ofItems()).clause()))
                .isEqualTo("(title:falcon | title:one | text:falcon | text:one | quoted:falcon | quoted:one"
                        + " | author.name:falcon | author.name:one | author.handle=Falcon-one)");
    }
}
