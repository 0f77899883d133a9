# Sourced by mvnw before anything is built. Says in one line what a fresh machine lacks: a JDK 17 or newer, Node 20 or newer.
refuse() {
  printf 'keyledger: %s\n' "$1" >&2
  exit 1
}

# 17 from '17.0.15', 25 from '25', 8 from '1.8.0_402'
major() {
  version="${1#1.}"
  printf %s "${version%%[!0-9]*}"
}

if [ -n "${JAVA_HOME-}" ]; then javac="$JAVA_HOME/bin/javac"; else javac=javac; fi
javac_version="$("$javac" -version 2>&1)" || refuse "needs a JDK 17 or newer, and found none (looked for $javac); install one or set JAVA_HOME"
javac_version="${javac_version##*javac }"
[ "$(major "$javac_version")" -ge 17 ] 2>/dev/null || refuse "needs a JDK 17 or newer, and found $javac_version ($javac)"

node_version="$(node --version 2>/dev/null)" || refuse "needs Node 20 or newer, and found none on the PATH"
[ "$(major "${node_version#v}")" -ge 20 ] 2>/dev/null || refuse "needs Node 20 or newer, and found $node_version"
case "$node_version" in
  # what the pages are built with asks for the long-term release's later half
  v20.[0-9].* | v20.1[0-8].*) refuse "needs Node 20.19 or newer, and found $node_version" ;;
esac

# The demo's port, asked for before a build of minutes; the demo itself asks again.
case " $* " in
  *" -Pdemo "* | *" -P demo "*)
    port=8080
    for argument in "$@"; do
      case "$argument" in -Ddemo.port=*) port="${argument#-Ddemo.port=}" ;; esac
    done
    node -e 'require("net").createServer().on("error", (e) => process.exit(e.code === "EADDRINUSE" ? 3 : 0))
      .listen({ port: Number(process.argv[1]), host: "127.0.0.1" }, () => process.exit(0))' "$port" 2>/dev/null ||
      [ $? -ne 3 ] || refuse "port $port is taken; stop what listens there, or choose another with -Ddemo.port=9090"
    ;;
esac

# Where only a Maven repository is reachable, an installed mvn fetches the Maven that the wrapper wants.
seed_wrapper() {
  url="$(sed -n 's/^distributionUrl=//p' "$1/.mvn/wrapper/maven-wrapper.properties")"
  zip="${url##*/}"
  home="${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/${zip%-bin.zip}/$(hash_string "$url")"
  if [ -d "$home" ] || ! command -v mvn >/dev/null 2>&1; then return 0; fi
  version="${zip#apache-maven-}"
  download="$(mktemp -d)"
  if (cd "$download" && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="org.apache.maven:apache-maven:${version%-bin.zip}:zip:bin" -DoutputDirectory="$download" >/dev/null 2>&1) &&
    (cd "$download" && jar xf "$zip"); then
    mkdir -p "${home%/*}"
    chmod +x "$download/${zip%-bin.zip}/bin/mvn"
    mv "$download/${zip%-bin.zip}" "$home" 2>/dev/null || [ -d "$home" ]
  fi
  rm -rf "$download"
}
