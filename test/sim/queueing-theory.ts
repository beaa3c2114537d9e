/** What mathematics says about lines of people, for Poisson arrivals and exponential times. `load` is the share of the agents that is busy. */

/** Agents, how busy they are (0 to 1), and the mean time a piece of work takes, in any unit; answers are in the same. */
export interface Centre {
  agents: number;
  load: number;
  handling: number;
}

/** The share of arrivals that find everybody busy where nobody waits. `offered` is in erlangs. */
export function erlangB(agents: number, offered: number): number {
  let blocked = 1;
  for (let k = 1; k <= agents; k += 1) {
    blocked = (offered * blocked) / (k + offered * blocked);
  }
  return blocked;
}

/** The share of arrivals that must wait, where everybody waits as long as it takes. */
export function erlangC({ agents, load }: Omit<Centre, 'handling'>): number {
  const blocked = erlangB(agents, agents * load);
  return blocked / (1 - load * (1 - blocked));
}

export function meanWait(centre: Centre): number {
  return (erlangC(centre) * centre.handling) / (centre.agents * (1 - centre.load));
}

/** The share that waits at most so long, first come first served. */
export function attainment(centre: Centre, target: number): number {
  const { agents, load, handling } = centre;
  return 1 - erlangC(centre) * Math.exp((-agents * (1 - load) * target) / handling);
}

/**
 * Mean waits by class, the most important first, where an important one always goes first and nobody is interrupted (Cobham). `shares`
 * are of the arrivals.
 */
export function cobham(centre: Centre, shares: readonly number[]): number[] {
  const { agents, load, handling } = centre;
  const whole = (erlangC(centre) * handling) / agents;
  let sigma = 0;
  return shares.map((share) => {
    const before = sigma;
    sigma += share * load;
    return whole / ((1 - before) * (1 - sigma));
  });
}

/**
 * The share of arrivals that give up waiting, where patience is exponential with this mean (Erlang-A). `load` may be above 1. Solved as a
 * birth and death process: with j in line of n agents, people leave at the rate n/handling + j/patience.
 */
export function erlangA(centre: Centre, patience: number): number {
  const { agents, load, handling } = centre;
  const arrivals = (agents * load) / handling;
  let [weight, total, givingUp] = [1, 1, 0];
  for (let k = 1; k <= agents; k += 1) {
    weight *= arrivals / (k / handling);
    total += weight;
  }
  for (let j = 1; weight > total * 1e-15 || j < 10; j += 1) {
    weight *= arrivals / (agents / handling + j / patience);
    total += weight;
    givingUp += (weight * j) / patience;
  }
  return givingUp / total / arrivals;
}

/** How evenly something is spread: 1 when all are equal, 1/n when one has everything (Jain). */
export function jain(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  const squares = amounts.reduce((total, amount) => total + amount * amount, 0);
  return squares === 0 ? 1 : (sum * sum) / (amounts.length * squares);
}
