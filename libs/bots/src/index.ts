/**
 * Bots: scripts for chat and phone, run by a pure engine. Knows channels, never tickets.
 */
export { scriptJsonSchema, type Script } from './script/script.js';
export type { ScriptNode } from './script/nodes.js';
export {
  locales,
  scriptChannels,
  scriptLimits,
  type Locale,
  type LocalText,
  type ScriptChannel,
} from './script/terms.js';
export { mediaOf } from './script/lint/script-texts.js';
export { exitsOf, type Exit } from './script/node-exits.js';
export type { KnownPlaces, ScriptProblem } from './script/problem.js';
export { readScript, type ReadScript } from './script/read-script.js';
export { problemText } from './script/problem-text.js';
export { clusterMisses, type MissCluster } from './understanding/cluster-misses.js';
export type { BotEvent, BotHappening, LookupError } from './engine/types/bot-event.js';
export type { AlertReason, BotEffect, EffectWork, HandoffReason, HandoffSummary } from './engine/types/bot-effect.js';
export type { BotInput, BotOption, BotSay, InputKind, LineAct, SpokenValue } from './engine/types/bot-say.js';
export type {
  BeginOptions,
  BotState,
  Miss,
  OpenQuestion,
  Outcome,
  Place,
  Visit,
  Walk,
} from './engine/types/bot-state.js';
export type { FoundArticle, QueueSight, Seal, StepWorld } from './engine/types/step-world.js';
export { beginState, step, type StepResult } from './engine/step.js';
export { renderFor, type RenderOptions } from './render/render-for.js';
export { readWireId, type WireChoice } from './render/wire-id.js';
export type { Rendered, VoiceStep, VoiceTurn, WrittenMessage } from './render/rendered.js';
export { persianPromptNames, persianPrompts } from './render/persian-prompts.js';
export { builtInPromptNames, builtInPromptText } from './engine/words/built-in-texts.js';
export { simulate } from './simulator/simulate.js';
export { channelsOf, disagreements, runScenario } from './simulator/run-scenario.js';
export { coverageOf } from './simulator/coverage.js';
export { readScenarios, type ScenarioProblem } from './simulator/read-scenarios.js';
export {
  diffRuns,
  diffTurns,
  replay,
  turnsOf,
  turnsOfPast,
  type PastLine,
  type TalkTurn,
  type TurnDifference,
} from './simulator/replay.js';
export type * from './simulator/simulated-run.js';
