package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;
import org.tidewatch.text.Folding;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.url.Platform;

/** Makes the items of one visited page, and the signature over them. Not thread-safe. */
final class Items {

    /** Longest title, in characters. */
    private static final int MAX_TITLE = 1_000;

    private final Source source;
    private final String mediaType;
    private final int maxTextChars;
    private final List<Item> items = new ArrayList<>();
    private final List<String> signed = new ArrayList<>();
    private final List<Problem> problems;

    Items(Source source, String mediaType, int maxTextChars, List<Problem> problems) {
        this.source = source;
        this.mediaType = mediaType;
        this.maxTextChars = maxTextChars;
        this.problems = problems;
    }

    void add(Draft draft) {
        CanonicalUrl page = source.visit().url();
        String platform = Platform.of(page).or(() -> source.visit().platform()).orElse(Platform.WEB);
        String id = draft.post()
                .map(post -> Item.idOfPost(platform, page.host(), post.id()))
                .orElseGet(() -> Item.idOfPage(page));
        Words words = draft.words();
        items.add(new Item(
                id,
                draft.kind(),
                draft.url(),
                page,
                page.host(),
                page.hostKey(),
                platform,
                draft.author(),
                draft.post(),
                Flow.cutAt(draft.title().strip(), MAX_TITLE),
                words.own(),
                words.quoted(),
                draft.publishedAt(),
                draft.modifiedAt(),
                source.fetchedAt(),
                Languages.of(words.own().isEmpty() ? words.quoted() : words.own(), draft.language()),
                mediaType,
                draft.media(),
                draft.links(),
                source.visit().seeds(),
                source.visit().tags()));
        draft.post().ifPresent(post -> signed.add(post.id()));
        signed.add(Folding.fold(draft.title()));
        signed.add(Folding.fold(words.lasting()));
        signed.add(Folding.fold(words.quoted()));
        if (words.cut()) {
            problems.add(new Problem("Text of " + draft.url() + " cut at " + maxTextChars + " characters"));
        }
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    /** Hash over what the items say, without dates, boilerplate, and the spelling that folding removes. */
    String signature() {
        return Id.of(signed.toArray(String[]::new));
    }

    static Extracted.Page empty(List<Outlink> outlinks, Optional<CanonicalUrl> canonical, List<Problem> problems) {
        return new Extracted.Page(List.of(), outlinks, Id.of(), canonical, List.copyOf(problems));
    }
}
