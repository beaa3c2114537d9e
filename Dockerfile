# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node tools/build.mjs && rm -rf dist/.compiled && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
# The embedded PostgreSQL wants a user with a name, and a data folder that is theirs. The image's own user "node" is both.
RUN install -d -o node -g node -m 0700 /data
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/scripts ./scripts
COPY --from=build --chown=root:root /app/prompts ./prompts
USER node
VOLUME /data
EXPOSE 3000
# The first start makes a database, which takes a while on slow disks.
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: SIGTERM must reach the hub, which ends what runs and stops its database.
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "dist/apps/hub/src/main.js"]
