package org.tidewatch.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that the sample web can say, read from its folder: a folder for each host in {@code web/}, and the steps in
 * {@code steps.yaml}.
 */
record Content(List<Site> sites, List<Change> steps) {

    /** A host with its parts. */
    record Site(Host host, String robots, List<Face> faces) {}

    /** What a host answers, by address (path with query). */
    record Served(String title, Map<String, Answer> answers, Answer notFound) {

        Answer answer(String address) {
            return answers.getOrDefault(address, notFound);
        }
    }

    /** What every host, by its name, answers at one point of the timeline. */
    record Snapshot(Timeline timeline, Map<String, Served> hosts) {

        Optional<Answer> answer(String host, String address) {
            return Optional.ofNullable(hosts.get(host)).map(served -> served.answer(address));
        }
    }

    /** @throws BrokenContent naming file and line */
    static Content read(Path folder) throws IOException {
        List<Site> sites = new ArrayList<>();
        try (Stream<Path> hosts = Files.list(folder.resolve("web"))) {
            for (Path host : hosts.filter(Files::isDirectory).sorted().toList()) {
                sites.add(site(Host.read(host)));
            }
        }
        List<Change> steps = new ArrayList<>();
        for (Entry step : Entry.read(folder.resolve("steps.yaml")).only("steps").entries("steps")) {
            step.only("kind", "url", "description");
            steps.add(new Change(steps.size() + 1, step.text("kind"), step.text("url"), step.text("description")));
        }
        return new Content(List.copyOf(sites), List.copyOf(steps));
    }

    private static Site site(Host host) throws IOException {
        List<Face> faces = new ArrayList<>();
        faces.add(Pages.read(host));
        if (has(host, "forum.yaml")) {
            faces.add(Forum.read(host));
        }
        if (has(host, "channels.yaml")) {
            faces.add(Channels.read(host));
        }
        if (has(host, "pastes.yaml")) {
            faces.add(Pastes.read(host));
        }
        if (has(host, "files.yaml")) {
            faces.add(Shelf.read(host));
        }
        String robots = Files.readString(host.folder().resolve("robots.txt"), StandardCharsets.UTF_8);
        return new Site(host, robots, List.copyOf(faces));
    }

    private static boolean has(Host host, String file) {
        return Files.exists(host.folder().resolve(file));
    }

    Snapshot at(Timeline timeline) {
        Map<String, Served> hosts = new TreeMap<>();
        for (Site site : sites) {
            Map<String, Answer> answers = new TreeMap<>();
            answers.put("/robots.txt", Answer.ok(Answer.TEXT, site.robots(), Timeline.BASE));
            site.faces().forEach(face -> answers.putAll(face.at(timeline)));
            hosts.put(
                    site.host().name(),
                    new Served(site.host().title(), answers, site.host().notFound()));
        }
        return new Snapshot(timeline, hosts);
    }
}
