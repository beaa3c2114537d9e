/** What the floor needs of node-postgres beside what the hub has declared. */
declare module 'pg' {
  export class Pool {
    constructor(options: { connectionString: string; max: number });
  }
}
