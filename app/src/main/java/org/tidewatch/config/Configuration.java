package org.tidewatch.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidewatch.alert.AlertSettings;
import org.tidewatch.extract.ExtractSettings;
import org.tidewatch.fetch.AddressRules;
import org.tidewatch.fetch.Cidr;
import org.tidewatch.fetch.FetchSettings;
import org.tidewatch.fetch.HostAddress;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.ElasticSettings;
import org.tidewatch.keeping.Retention;
import org.tidewatch.search.Consent;
import org.tidewatch.topology.CrawlSettings;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlFile;
import org.tidewatch.yaml.YamlMap;

/**
 * All settings of an installation, read once from {@code tidewatch.yaml} and the environment. Every key is optional;
 * {@code run} insists on an agent name and a contact.
 *
 * @param home the folder that relative paths start from
 * @param alerts who is mailed and through which server; empty until server, sender and a recipient are set
 * @param settings every effective value with its source, for {@code ./tidewatch config}
 */
public record Configuration(
        Path home,
        Path data,
        Path seeds,
        Searches searches,
        Elasticsearch elasticsearch,
        Crawl crawl,
        Optional<AlertSettings> alerts,
        Retention.Terms retention,
        List<Setting> settings) {

    /**
     * The saved searches.
     *
     * @param folder where their files are
     * @param consent whose approval they need
     */
    public record Searches(Path folder, Consent consent) {}

    /**
     * The index: a cluster by URL, or the embedded server when there is none.
     *
     * @param heapBytes heap of the embedded server
     */
    public record Elasticsearch(
            Optional<URI> url,
            Optional<String> user,
            Optional<Path> passwordFile,
            Optional<Path> apiKeyFile,
            Optional<Path> ca,
            String prefix,
            Duration patience,
            long heapBytes,
            Optional<Integer> port) {

        /** How to reach the cluster that the configuration names, if it names one. */
        public Optional<ElasticAccess> access() {
            return url.map(address -> new ElasticAccess(address, user, passwordFile, apiKeyFile, ca, prefix, patience));
        }

        /** How to reach an embedded server. */
        public ElasticAccess access(URI embedded, String embeddedUser, Path embeddedPassword) {
            return new ElasticAccess(
                    embedded,
                    Optional.of(embeddedUser),
                    Optional.of(embeddedPassword),
                    Optional.empty(),
                    Optional.empty(),
                    prefix,
                    patience);
        }
    }

    /**
     * How the crawl behaves.
     *
     * @param contact e-mail address or URL under which site owners reach us
     * @param allowAddresses networks (CIDR) that may be fetched from although they are private
     * @param connectTo host to {@code address:port} that is connected to in its place
     */
    public record Crawl(
            Optional<String> agent,
            Optional<String> contact,
            Duration delay,
            int threads,
            int tasks,
            Duration timeout,
            long maxBytes,
            int maxUrlsPerHost,
            long heapBytes,
            List<Cidr> allowAddresses,
            Map<String, HostAddress> connectTo) {}

    /** What the configuration asks for, or all that is wrong with it. */
    public sealed interface Read {}

    public record Good(Configuration configuration) implements Read {}

    public record Bad(List<Problem> problems) implements Read {}

    /** Name of the file in the home folder. */
    public static final String FILE = "tidewatch.yaml";

    /** Environment variables with our prefix that are not settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "TIDEWATCH_HOME", "TIDEWATCH_JAVA_OPTS", ElasticAccess.PASSWORD, ElasticAccess.API_KEY, "TIDEWATCH_USER");

    /** Reads {@code file}; when it does not exist every value comes from the environment or is the default. */
    public static Read read(Path home, Path file, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Optional<YamlMap> map =
                Files.exists(file) ? YamlFile.read(file, problems) : YamlFile.parse(file.toString(), "", problems);
        if (map.isEmpty()) {
            return new Bad(problems);
        }
        ConfigReader reader = new ConfigReader(map.get(), environment, OTHER_VARIABLES, problems);
        Configuration read = read(home, reader, problems);
        List<Setting> settings = reader.finish();
        return problems.isEmpty() ? new Good(read.withSettings(settings)) : new Bad(problems);
    }

    private static Configuration read(Path home, ConfigReader reader, List<Problem> problems) {
        Path data = reader.get("data", "data", home::resolve);
        Path seeds = reader.get("seeds", "seeds/lists", home::resolve);
        Searches searches = new Searches(
                reader.get("searches.folder", "kibana/searches", home::resolve),
                new Consent(reader.get("searches.four_eyes", "true", YamlMap::parseBool)));
        return new Configuration(
                home,
                data,
                seeds,
                searches,
                elasticsearch(reader),
                crawl(reader),
                new MailSection(reader, problems).read(),
                retention(reader, problems),
                List.of());
    }

    private static Elasticsearch elasticsearch(ConfigReader reader) {
        Optional<URI> url = reader.find("elasticsearch.url", Values::httpUrl);
        Optional<String> user = reader.find("elasticsearch.user", value -> value);
        Optional<String> password = reader.secret("elasticsearch.password");
        Optional<String> apiKey = reader.secret("elasticsearch.api_key");
        return new Elasticsearch(
                url,
                user,
                password.isPresent() ? reader.find("elasticsearch.password_file", Path::of) : Optional.empty(),
                apiKey.isPresent() ? reader.find("elasticsearch.api_key_file", Path::of) : Optional.empty(),
                reader.find("elasticsearch.ca", Values::existingFile),
                reader.get("elasticsearch.prefix", ElasticSettings.DEFAULT_PREFIX, Values::indexPrefix),
                reader.get("elasticsearch.patience", "2m", YamlMap::parseDuration),
                reader.get(
                        "elasticsearch.heap",
                        "1GB",
                        value -> Values.atLeast(YamlMap.parseBytes(value), 256L << 20, "256MB")),
                reader.find("elasticsearch.port", Values::port));
    }

    private static Crawl crawl(ConfigReader reader) {
        Map<String, HostAddress> connectTo = new TreeMap<>();
        reader.named("crawl.connect_to").ifPresent(map -> map.keys()
                .forEach(host -> map.value(host, HostAddress::of).ifPresent(address -> connectTo.put(host, address))));
        return new Crawl(
                reader.find("crawl.agent.name", value -> new FetchSettings.Agent(value, "https://example.org").name()),
                reader.find("crawl.agent.contact", value -> new FetchSettings.Agent("agent", value).contact()),
                reader.get("crawl.delay", "1s", YamlMap::parseDuration),
                reader.get("crawl.threads", "20", value -> Values.within(value, 1, 1_000)),
                reader.get("crawl.tasks", "2", value -> Values.within(value, 1, 64)),
                reader.get("crawl.timeout", "30s", YamlMap::parseDuration),
                reader.get(
                        "crawl.max_bytes", "20MB", value -> Values.atLeast(YamlMap.parseBytes(value), 1 << 10, "1KB")),
                reader.get("crawl.max_urls_per_host", "50000", value -> Values.within(value, 1, 100_000_000)),
                reader.get(
                        "crawl.heap", "768MB", value -> Values.atLeast(YamlMap.parseBytes(value), 256L << 20, "256MB")),
                reader.texts("crawl.allow_addresses", Cidr::of),
                connectTo);
    }

    private static Retention.Terms retention(ConfigReader reader, List<Problem> problems) {
        Retention.Terms plain = Retention.Terms.DEFAULT;
        try {
            return new Retention.Terms(
                    days(reader, "unflagged", plain.unflagged()),
                    days(reader, "candidate", plain.candidate()),
                    days(reader, "operational", plain.operational()),
                    days(reader, "hash", plain.hash()),
                    days(reader, "record", plain.record()),
                    days(reader, "authors", plain.authors()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(FILE, 0, "retention", String.valueOf(e.getMessage())));
            return plain;
        }
    }

    private static int days(ConfigReader reader, String name, int fallback) {
        return reader.get("retention." + name, fallback + "d", value ->
                (int) YamlMap.parseDuration(value).toDays());
    }

    /** The names that saved searches may call on; empty while mail is not set up. */
    public Optional<Set<String>> recipients() {
        return alerts.map(settings -> settings.mail().recipients().keySet());
    }

    private Configuration withSettings(List<Setting> shown) {
        return new Configuration(home, data, seeds, searches, elasticsearch, crawl, alerts, retention, shown);
    }

    /**
     * The settings of the crawl on the index that {@code elastic} reaches.
     *
     * @throws IllegalStateException if {@link #missingForRun} is not empty
     */
    public CrawlSettings crawlSettings(ElasticAccess elastic) {
        FetchSettings.Agent agent = new FetchSettings.Agent(
                crawl.agent().orElseThrow(() -> new IllegalStateException("crawl.agent.name is not set")),
                crawl.contact().orElseThrow(() -> new IllegalStateException("crawl.agent.contact is not set")));
        FetchSettings fetch = new FetchSettings(
                agent,
                FetchSettings.DEFAULT_CONNECT_TIMEOUT.compareTo(crawl.timeout()) > 0
                        ? crawl.timeout()
                        : FetchSettings.DEFAULT_CONNECT_TIMEOUT,
                crawl.timeout(),
                crawl.maxBytes(),
                FetchSettings.DEFAULT_MAX_ROBOTS_BYTES,
                new AddressRules(crawl.allowAddresses()),
                crawl.connectTo(),
                FetchSettings.DEFAULT_ACCEPT_LANGUAGE);
        return new CrawlSettings(
                elastic,
                fetch,
                ExtractSettings.DEFAULTS.withAgent(agent.name()),
                retention,
                crawl.delay(),
                crawl.threads(),
                crawl.maxUrlsPerHost(),
                crawl.tasks());
    }

    /** What {@code run} needs and the configuration lacks, each with where to set it. */
    public List<String> missingForRun() {
        List<String> missing = new ArrayList<>();
        if (crawl.agent().isEmpty()) {
            missing.add(missing("crawl.agent.name", "a name for the crawler, for instance \"example-unit-tidewatch\""));
        }
        if (crawl.contact().isEmpty()) {
            missing.add(missing("crawl.agent.contact", "an e-mail address or URL under which site owners reach you"));
        }
        return missing;
    }

    private static String missing(String key, String what) {
        return key + " is not set: " + what + ". Set it in " + FILE + ", or as " + ConfigReader.variable(key) + ".";
    }
}
