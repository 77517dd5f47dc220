#!/bin/sh
# Starts an Elasticsearch that has the percolator, for MatchBenchmark, on 127.0.0.1:9217 until Ctrl-C. The servers that
# Maven has are without it; 7.17 is the last whose percolator is to be had there on its own. Java 17 in JAVA_HOME or PATH.
set -eu
version=7.17.29
cd "$(dirname "$0")/../../.."
home="$PWD/indexer/target/percolator"
server="$home/elasticsearch-$version"
if [ ! -d "$server/modules/percolator" ]; then
    fetch() { mvn -B -ntp -q dependency:copy -Dartifact="$1" -DoutputDirectory="$home"; }
    fetch "org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip"
    fetch "org.elasticsearch.plugin:percolator-client:$version:jar"
    (cd "$home" && jar xf "elasticsearch-$version.zip" && chmod +x "elasticsearch-$version"/bin/*)
    cat > "$server/config/elasticsearch.yml" <<-YAML
		discovery.type: single-node
		http.host: 127.0.0.1
		http.port: 9217
		xpack.security.enabled: false
		cluster.routing.allocation.disk.threshold_enabled: false
		http.max_content_length: 200mb
	YAML
    mkdir "$server/modules/percolator.new"
    cp "$home/percolator-client-$version.jar" "$server/modules/percolator.new"
    cat > "$server/modules/percolator.new/plugin-descriptor.properties" <<-PROPERTIES
		name=percolator
		description=Percolator
		version=$version
		elasticsearch.version=$version
		java.version=1.8
		classname=org.elasticsearch.percolator.PercolatorPlugin
		extended.plugins=
		has.native.controller=false
	PROPERTIES
    mv "$server/modules/percolator.new" "$server/modules/percolator"
fi
ES_JAVA_HOME=${ES_JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
export ES_JAVA_HOME ES_JAVA_OPTS="-Xms4g -Xmx4g"
if [ "$(id -u)" = 0 ]; then # it refuses to run as root
    run=$(mktemp -d)
    cp -r "$server" "$run/elasticsearch"
    chown -R nobody "$run"
    exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$run/elasticsearch/bin/elasticsearch"
fi
exec "$server/bin/elasticsearch"
