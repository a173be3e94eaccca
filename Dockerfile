# Unvanish in a container: docs/installation.md says how to start it.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /unvanish
COPY . .
RUN mvn -q -B -ntp -Dquick -Pdistribution -pl app -am package -Dmaven.test.skip=true -Dspotless.check.skip=true \
  && mkdir /opt/unvanish \
  && tar -xzf app/target/quick/unvanish-*.tar.gz -C /opt/unvanish --strip-components=1 \
  && rm -r /opt/unvanish/docs

FROM debian:12-slim
RUN useradd --create-home unvanish \
  && install -d -m 1777 /cache \
  && install -d -o unvanish -g unvanish /work
COPY --from=build /opt/unvanish /opt/unvanish
ENV PATH=/opt/unvanish/bin:$PATH \
  XDG_CACHE_HOME=/cache \
  LC_ALL=C.UTF-8
# Data sets that are installed, such as CIFAR-10. Anybody may write there: --user may be anybody.
VOLUME /cache
WORKDIR /work
USER unvanish
ENTRYPOINT ["unvanish"]
CMD ["help"]
