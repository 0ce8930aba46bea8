package io.millrace.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a caller may do. */
public enum Role {
    /** See runs, models and events. */
    READ,
    /** Send data sets, and see what becomes of them. */
    SUBMIT,
    /** Everything. */
    ADMIN;

    /** Whether a caller of some roles may do what this one allows. */
    boolean isGrantedBy(Set<Role> roles) {
        return roles.contains(this) || roles.contains(ADMIN) || (this == READ && roles.contains(SUBMIT));
    }

    /** Name in tokens and files of tokens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(r -> r.wireName().equals(name)).findFirst();
    }

    /** The roles among names; others are somebody else's. */
    static Set<Role> among(Iterable<?> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> named(String.valueOf(name)).ifPresent(roles::add));
        return roles;
    }
}
