package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The grammar and its meaning, rule by rule. That the meaning is Kibana's is tested with the server. In what is read, a
 * bare term is one for the title.
 */
class KqlSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // precedence, groups, lists of values
                "title: a or title: b and title: c           # (title:a | (title:b & title:c))",
                "title: a and title: b or title: c           # ((title:a & title:b) | title:c)",
                "not title: a and title: b                   # (!title:a & title:b)",
                "not (title: a or title: b)                  # !(title:a | title:b)",
                "not (not falcon)                            # title:falcon",
                "(title: a or title: b) and title: c         # ((title:a | title:b) & title:c)",
                "( ( falcon ) )                              # title:falcon",
                "TITLE: a or title: A                        # title:a",
                "a OR b AND NOT c                            # (title:a | (title:b & !title:c))",
                "a oR b aNd nOt c                            # (title:a | (title:b & !title:c))",
                "title: (a or b and not c)                   # (title:a | (title:b & !title:c))",
                "title: (a and (b or not (c or d)))          # (title:a & (title:b | !(title:c | title:d)))",
                "title:(\"purple falcon\" or dawn)           # (title:purple falcon | title:dawn)",
                "title:a\tor\r\ntitle:b\u00a0and\u00a0title:c # (title:a | (title:b & title:c))",
                "\u00a0 falcon \t                            # title:falcon",
                // keywords and words
                "and                                         # title:and",
                "or                                          # title:or",
                "not                                         # title:not",
                "falcon and                                  # (title:falcon | title:and)",
                "and falcon                                  # (title:and | title:falcon)",
                "title: and                                  # title:and",
                "falcon and and purple                       # (title:falcon & (title:and | title:purple))",
                "android and notable                         # (title:android & title:notable)",
                "a\u3000and\u3000b                           # (title:a | title:and | title:b)",
                "tags: a\u200band\u200bb                     # tags=a\u200band\u200bb",
                // words, phrases, whole values
                "purple falcon                               # (title:purple | title:falcon)",
                "\"purple  falcon\"                          # title:purple falcon",
                "tags: two  words                            # tags=two  words",
                "tags: \"two  words\"                        # tags=two  words",
                "\"title\": falcon                           # title:falcon",
                "title : falcon                              # title:falcon",
                "title: 'purple falcon'                      # (title:purple | title:falcon)",
                "tags: 'a b'                                 # tags='a b'",
                // escapes
                "tags: \\(a\\)\\:\\<\\>\\\"\\*\\{\\}\\\\    # tags=(a):<>\"*{}\\",
                "tags: a\\tb\\rc\\nd                         # tags=a\tb\rc\nd",
                "tags: \\u0066alcon                          # tags=falcon",
                "tags: a \\and b                             # tags=a and b",
                "tags: a \\or b                              # tags=a or b",
                "tags: a \\NOT b                             # tags=a NOT b",
                "tags: \\not                                 # tags=ot",
                "ti\\tle: a                                  # none",
                "tags: \"back\\slash\"                       # tags=back\\slash",
                "tags: \"a\\\"b\\\\c\\td\\u0041\\-\"         # tags=a\"b\\c\td" + "A\\-",
                "tags: \\u0020a\\u0020                       # tags=a",
                // plain characters
                "tags: =x                                    # tags==x",
                "tags: ==x                                   # tags===x",
                "tags: a && b                                # tags=a && b",
                "tags: -a                                    # tags=-a",
                "tags: +a~2^3                                # tags=+a~2^3",
                "tags: /fal.*/                               # tags?/fal.*/",
                "tags: [a TO b]                              # tags=[a TO b]",
                "title = falcon                              # (title:title | title:falcon)",
                "title != falcon                             # (title:title | title:falcon)",
                // literals
                "title: true                                 # title:true",
                "tags: false                                 # tags=false",
                "has_media: true                             # has_media=true",
                "tags: \"null\"                              # tags=null",
                "tags: nullable                              # tags=nullable",
                "tags: NULL                                  # tags=NULL",
                "fetched_at: null                            # fetched_at exists",
                "bytes > null                                # bytes exists",
                "null: falcon                                # title:falcon",
                "bytes: 9007199254740993                     # bytes[9007199254740993..9007199254740993]",
                "tags: 007                                   # tags=007",
                "bytes: 007                                  # bytes[7..7]",
                "bytes: 1.5                                  # none",
                "bytes: 99999999999999999999                 # none",
                "bytes: 1e3                                  # bytes[1000..1000]",
                "score: 1.5                                  # score[1.5..1.5]",
                "server_ip: 10.0.0.0/24                      # server_ip[00000000000000000000ffff0a000000"
                        + "..00000000000000000000ffff0a0000ff]",
                "server_ip: \"2001:db8::7\"                  # server_ip[20010db8000000000000000000000007"
                        + "..20010db8000000000000000000000007]",
                // wildcards
                "tags: fal*                                  # tags^fal",
                "tags: F*con                                 # tags?F*con",
                "tags: f?lc*                                 # tags^f?lc",
                "tags: f?l*con                               # tags?f\\?l*con",
                "tags: f\\*l*con                             # tags?f\\*l*con",
                "tags: f?lcon                                # tags=f?lcon",
                "tags: \"fal*\"                              # tags=fal*",
                "tags: fal\\*                                # tags=fal*",
                "tags: two *                                 # tags^two ",
                "title: FAL*                                 # title^fal",
                "title: F?l*con                              # title?f\\?l*con",
                "title: purple fal*                          # (title:purple | title^fal)",
                "title: well-kno*                            # title^well-kno",
                "title: *                                    # title exists",
                "title: **                                   # title?**",
                "title: \"*\"                                # none",
                "title: \"\"                                 # none",
                "tags: \"\"                                  # tags=",
                "fal*                                        # title^fal",
                "*                                           # title exists",
                "*: *                                        # *",
                "author: *                                   # (author.handle exists | author.name exists)",
                "author: mara                                # none",
                "author.*: Mara                              # (author.handle=Mara | author.name:mara)",
                "auth*: *                                    # (author.handle exists | author.name exists)",
                "a*t*.handle: a                              # (account.handle=a | author.handle=a)",
                "nosuch: x                                   # none",
                "not nosuch: x                               # *",
                "nosuch*: x                                  # none",
                "nosuch > 1                                  # none",
                "Title: x                                    # none",
                "\"ti*\": x                                  # none",
                // dates
                "fetched_at: 2024                            # fetched_at[2024..2024^]",
                "fetched_at: \"2024-03-10||/M\"              # fetched_at[2024-03-10||/M..2024-03-10||/M^]",
                "fetched_at: now-7d/d                        # fetched_at[now-7d/d..now-7d/d^]",
                "fetched_at > 2024                           # fetched_at[2024^+1..]",
                "fetched_at >= now-7d                        # fetched_at[now-7d..]",
                "fetched_at < \"2024-03-10T10:00:00Z\"       # fetched_at[..2024-03-10T10:00:00Z-1]",
                "fetched_at<=2024-03-10                      # fetched_at[..2024-03-10^]",
                "*_at: 2024-03-10                            # (fetched_at[2024-03-10..2024-03-10^]"
                        + " | published_at[2024-03-10..2024-03-10^])",
                // ranges
                "bytes > 5                                   # bytes[6..]",
                "bytes >= 5                                  # bytes[5..]",
                "bytes < 5                                   # bytes[..4]",
                "bytes <= 5.5                                # bytes[..5]",
                "bytes > -5.5                                # bytes[-5..]",
                "bytes > 9223372036854775807                 # none",
                "score >= 1.5                                # score[1.5..Infinity]",
                "tags > b                                    # tags{b..]",
                "title >= Falcon                             # title[Falcon..]",
                "tags > a*                                   # tags{a*..]",
                "has_media > false                           # has_media=true",
                "server_ip >= 10.0.0.0                       # server_ip[00000000000000000000ffff0a000000"
                        + "..ffffffffffffffffffffffffffffffff]",
                // scripts
                "title: الصقر                                # title:الصقر",
                "title: ПУРПУРНЫЙ                            # title:пурпурный",
                "title: 紫の隼                                # (title:紫 | title:の | title:隼)",
                "title: \"紫の隼\"                            # title:紫 の 隼",
                "                                            # *"
            })
    void meansWhatKibanaMeans(String line) throws QueryRefused {
        String[] parts = line.split(" *# ", 2);

        assertThat(ShownClause.of(KqlSyntax.parse(parts[0], TestFields.TITLE).clause()))
                .isEqualTo(parts[1]);
    }

    @Test
    void aBareTermSearchesEveryDefaultFieldThatCanHoldIt() throws QueryRefused {
        assertThat(shown("2024"))
                .contains("bytes[2024..2024]", "fetched_at[2024..2024^]", "title:2024", "tags=2024")
                .doesNotContain("has_media", "server_ip");
        assertThat(shown("007")).contains("bytes[7..7]", "score[7.0..7.0]", "tags=007");
        assertThat(shown("true")).contains("has_media=true", "content:true").doesNotContain("bytes");
        assertThat(shown("\"purple falcon\"")).contains("title:purple falcon", "tags=purple falcon");
        assertThat(shown("fal*")).contains("title^fal", "tags^fal").doesNotContain("bytes", "_at");
    }

    private static String shown(String query) throws QueryRefused {
        return ShownClause.of(KqlSyntax.parse(query, TestFields.ALL).clause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the caret stands under the first character after #
                "falcon not purple             #7",
                "title: not falcon             #7",
                "not not x                     #4",
                "falcon and (                  #12",
                "knot falcon                   #1",
                "(a)or(b)                      #3",
                "not(a)                        #3",
                "\"a\" b                       #4",
                "a \"b\"                       #2",
                "\"a                           #0",
                "title: \"a                    #7",
                "(a                            #2",
                "a)                            #1",
                "()                            #1",
                "title: (a                     #9",
                "title: ()                     #8",
                "title:                        #6",
                ": a                           #0",
                "title: a:b                    #8",
                "server_ip: ::1                #11",
                "fetched_at >= 2024-03-10T23:59:59.999Z #27",
                "tags: a\\-b                   #7",
                "tags: \\?                     #6",
                "tags: \\@                     #6",
                "tags: a\\ b                   #7",
                "tags: \\u12                   #6",
                "t\\itle: a                    #1",
                "tags: {                       #6",
                "tags:{a: b}                   #5",
                "field:{}                      #6",
                "bytes > (1 or 2)              #8",
                "bytes >                       #7",
                "a <b> c                       #4",
                "or not x                      #3"
            })
    void whatKibanaRefusesIsRefusedWithItsPlace(String line) {
        String[] parts = line.split(" *#", 2);
        QueryRefused refused = refused(parts[0]);

        assertThat(refused.position()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(refused.getMessage()).isNotBlank();
    }

    @Test
    void nestedSyntaxIsRefusedInItsOwnWords() {
        assertThat(refused("author: { name: mara }"))
                .hasMessageContaining("no nested fields")
                .hasMessageContaining("author: {");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has_media: TRUE               #11#true or false",
                "has_media: yes                #11#true or false",
                "has_media: 1                  #11#true or false",
                "has_media: \"\"               #11#true or false",
                "title: a and bytes: abc       #20#no number",
                "bytes > 99999999999999999999  #8#beyond",
                "bytes: fal*                   #7#no words",
                "fetched_at: yesterday         #12#no date",
                "fetched_at: 2024*             #12#no words",
                "fetched_at > now-1x           #13#no date",
                "fetched_at: 2024-02-30        #12#no date that there is",
                "fetched_at > now+2000000000y  #13#no date",
                "server_ip: 10.0.0             #11#no address",
                "server_ip > 10.0.0.0/24       #12#no address",
                "server_ip: 10.0.0.0/33        #11#no block",
                "title: null                   #7#null",
                "tags: null                    #6#null",
                "has_media: null               #11#null",
                "null                          #0#null",
                "*: x                          #3#no number",
                "*_at: x                       #6#no date",
                "title: AND fal*               #7#goes wrong"
            })
    void whatFailsOnTheServerIsRefusedWithItsPlace(String line) {
        String[] parts = line.split(" *#", 3);
        QueryRefused refused = refused(parts[0]);

        assertThat(refused.position()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(refused).hasMessageContaining(parts[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "falcon and                    #7#\"and\" is searched for as a word",
                "or falcon                     #0#\"or\" is searched for as a word",
                "bytes => 5                    #0#no field \"bytes =\"",
                "title: (a or)                 #10#\"or\" is searched for as a word",
                "title: purple or              #14#\"or\" is searched for as a word",
                "a\u3000and\u3000b             #2#\"and\" is searched for as a word",
                "fetched_at: null              #12#every item that has the field",
                "bytes < null                  #8#no bound",
                "fetched_at: 2024              #12#first day only; for all of it write \"2024||/y\"",
                "fetched_at: \"2024-02\"       #12#2024-02||/M",
                "fetched_at > 2024             #13#first day only",
                "title: f?lcon                 #8#? is no wildcard",
                "title: f?lc*                  #8#? is no wildcard",
                "title: =falcon                #7#no operator",
                "title: -falcon                #7#no operator",
                "title: a && b                 #9#no operator",
                "a || b                        #2#no operator",
                "title = falcon                #6#no operator",
                "title: falcon~2               #13#no operator",
                "title: falcon^2               #13#no operator",
                "title: /fal.on/               #7#no operator",
                "title: [a TO b]               #7#no operator",
                "tags: \\not                   #6#line feed",
                "title: 'falcon'               #7#does not quote",
                "title: \"fal*\"               #7#plain character",
                "titel: falcon                 #0#did you mean title?",
                "a and nosuch: x               #6#no field \"nosuch\"",
                "nosuch*: x                    #0#No field of items is named like",
                "author: mara                  #0#ask for author.handle or author.name"
            })
    void whatWouldSurpriseIsRemarkedUponWithItsPlace(String line) throws QueryRefused {
        String[] parts = line.split(" *#", 3);

        assertThat(KqlSyntax.parse(parts[0], TestFields.TITLE).remarks()).anySatisfy(remark -> {
            assertThat(remark.position()).isEqualTo(Integer.parseInt(parts[1]));
            assertThat(remark.message()).contains(parts[2]);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: falcon and not title: (front or page)",
                "title: \"and\"",
                "title: \\and",
                "title: \\NOT",
                "bytes: -1",
                "score > -1.5",
                "fetched_at: \"2024-03-10||/M\"",
                "fetched_at >= now-7d",
                "tags: well-known",
                "android or notable",
                "tags: \"a=b\"",
                "tags: fal*"
            })
    void whatIsOrdinaryIsNotRemarkedUpon(String query) throws QueryRefused {
        assertThat(KqlSyntax.parse(query, TestFields.TITLE).remarks()).isEmpty();
    }

    @Test
    void nestingAndClausesAreBounded() throws QueryRefused {
        KqlSyntax.parse("(".repeat(20) + "a" + ")".repeat(20), TestFields.TITLE);
        KqlSyntax.parse("title: " + "(".repeat(20) + "a" + ")".repeat(20), TestFields.TITLE);

        assertThat(refused("(".repeat(1_000) + "a" + ")".repeat(1_000)).position())
                .isEqualTo(20);
        assertThat(refused("title: " + "(".repeat(1_000) + "a")).hasMessageContaining("brackets");
        KqlSyntax.parse(String.join(" or ", Collections.nCopies(1_000, "a")), TestFields.TITLE);
        assertThat(refused(String.join(" or ", Collections.nCopies(1_001, "a"))))
                .hasMessageContaining("More than 1000 clauses");
        assertThat(refused(String.join(" ", Collections.nCopies(10_000, "a"))))
                .hasMessageContaining("More than 1000 clauses");
        assertThat(refused("falcon ".repeat(15_000))).hasMessageContaining("longer than");
    }

    @Test
    void bookkeepingAndFoldedTwinsCannotBeAskedFor() {
        for (String query : new String[] {"candidate: true", "matches.search: x", "review.state: *", "review: *"}) {
            assertThat(catchThrowableOfType(QueryRefused.class, () -> KqlSyntax.parse(query, Fields.ofItems())))
                    .as(query)
                    .hasMessageContaining("written once an item has been matched");
        }
        assertThat(catchThrowableOfType(
                        QueryRefused.class, () -> KqlSyntax.parse("text_folded: falcon", Fields.ofItems())))
                .hasMessageContaining("ask for \"text\"");
    }

    private static QueryRefused refused(String query) {
        QueryRefused refused = catchThrowableOfType(QueryRefused.class, () -> KqlSyntax.parse(query, TestFields.TITLE));
        assertThat(refused).as("what becomes of %.80s", query).isNotNull();
        return refused;
    }
}
