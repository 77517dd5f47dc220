package org.tidewatch.filing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;
import org.tidewatch.item.TestItem;
import org.tidewatch.text.Folding;

class FoldedTwinsTest {

    @Test
    void everyTextFieldHasItsFoldedTwinBesideIt() {
        Item item = TestItem.at("https://forum.example/t/1")
                .author("falcon_one", "FALCON One")
                .title("A Title")
                .text("The Text")
                .quoted("What Others Said")
                .shows(Media.Type.IMAGE, "https://forum.example/1.png", "First Picture")
                .shows(Media.Type.IMAGE, "https://forum.example/2.png", "Second Picture")
                .build();
        ObjectNode document = Json.document(item);

        FoldedTwins.write(document);

        assertThat(document.path("title_folded").asText()).isEqualTo(Folding.fold("A Title"));
        assertThat(document.path("text_folded").asText()).isEqualTo(Folding.fold("The Text"));
        assertThat(document.path("quoted_folded").asText()).isEqualTo(Folding.fold("What Others Said"));
        assertThat(document.at("/author/name_folded").asText()).isEqualTo(Folding.fold("FALCON One"));
        assertThat(document.at("/media/0/title_folded").asText()).isEqualTo(Folding.fold("First Picture"));
        assertThat(document.at("/media/1/title_folded").asText()).isEqualTo(Folding.fold("Second Picture"));
        assertThat(document.path("fold_version").asInt()).isEqualTo(Folding.VERSION);
    }

    @Test
    void theTwinOfAFieldThatIsGoneGoesToo() {
        ObjectNode document = Json.MAPPER.createObjectNode().put("title_folded", "of a former title");
        document.putObject("author").put("handle", "falcon_one").put("name_folded", "of a former name");

        FoldedTwins.write(document);

        assertThat(document.has("title_folded")).isFalse();
        assertThat(document.at("/author").has("name_folded")).isFalse();
    }
}
