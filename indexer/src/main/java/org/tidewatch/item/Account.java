package org.tidewatch.item;

import java.util.Optional;

/**
 * Who stands behind an item, as the page shows it. {@code handle} is the platform's name for the account (without a
 * leading {@code @}), {@code name} what it calls itself.
 */
public record Account(Optional<String> handle, Optional<String> name) {

    public static Optional<Account> of(Optional<String> handle, Optional<String> name) {
        return handle.isEmpty() && name.isEmpty() ? Optional.empty() : Optional.of(new Account(handle, name));
    }
}
