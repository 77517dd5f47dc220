package org.tidewatch.item;

import java.util.Optional;

/**
 * A post's place: the platform's stable {@code id} for it (unique on its host), the page that shows its {@code thread},
 * and the id of the post it answers.
 */
public record Post(String id, Optional<String> thread, Optional<String> replyTo) {}
