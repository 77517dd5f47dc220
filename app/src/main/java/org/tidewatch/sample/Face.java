package org.tidewatch.sample;

import java.util.Map;

/** A part of a host of the sample web that renders its addresses. */
interface Face {

    /** What each address (path with query) answers at a point of the timeline. */
    Map<String, Answer> at(Timeline timeline);
}
