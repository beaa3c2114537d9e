/** In which of a hundred shares a customer is for a script: always the same one, and another one for another script. */
export function shareOf(script: string, customer: string): string {
  return `(('x' || substr(md5(${script}::text || ${customer}::text), 1, 7))::bit(28)::int % 100)`;
}

/**
 * A lateral join `live`: the version of a script that answers a customer at an instant. Of the releases that have come and were not
 * cancelled the latest decides; one for a share of the customers is none for the others. The arguments are SQL expressions.
 */
export function liveVersion(script: string, customer: string, at: string): string {
  return `
  select r.version_id, v.body from script_release r join script_version v on v.id = r.version_id
  where r.script_id = ${script} and r.cancelled_at is null and r.live_at <= ${at}
    and (r.percent = 100 or ${shareOf(script, customer)} < r.percent)
  order by r.live_at desc, r.id desc limit 1`;
}

/** As liveVersion, for everybody: releases for a share of the customers are left out. */
export function liveForAll(script: string, at = 'clock_timestamp()'): string {
  return `
  select r.id as release_id, r.version_id, v.version, v.body, r.live_at from script_release r join script_version v on v.id = r.version_id
  where r.script_id = ${script} and r.cancelled_at is null and r.live_at <= ${at} and r.percent = 100
  order by r.live_at desc, r.id desc limit 1`;
}

/** The bodies of what answers now, of what a share of the customers gets, and of what is to come. */
export function answeringBodies(script: string): string {
  return `
  select v.body from script_release r join script_version v on v.id = r.version_id left join lateral (${liveForAll(script)}) live on true
  where r.script_id = ${script} and r.cancelled_at is null
    and (live.release_id is null or (r.live_at, r.id) >= (live.live_at, live.release_id))`;
}
