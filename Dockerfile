# Allmende in one image, its own PostgreSQL included.
#
#   docker build -t allmende .
#   docker run --read-only --tmpfs /tmp -v allmende:/data -p 8080:8080 allmende
#
# With a PostgreSQL of your own: -e DATABASE_URL=postgres://…

FROM node:24-bookworm-slim AS built
WORKDIR /allmende
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild --no-audit
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY web web
RUN npm run build

FROM node:24-bookworm-slim AS modules
WORKDIR /allmende
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm rebuild --no-audit && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    ALLMENDE_HOST=0.0.0.0 \
    ALLMENDE_PORT=8080 \
    ALLMENDE_DATA=/data
RUN install -d -o node -g node -m 0750 /data
WORKDIR /allmende
COPY --from=modules /allmende/node_modules node_modules
COPY --from=built /allmende/dist dist
COPY --from=built /allmende/web/built web/built
COPY package.json LICENSE publiccode.yml ./
USER node
VOLUME /data
EXPOSE 8080 1883
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ALLMENDE_PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
