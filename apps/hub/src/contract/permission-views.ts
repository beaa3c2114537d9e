/**
 * What an account may do beyond its role's everyday work. A built-in role brings a set of them; a role of the organisation's own
 * brings those that it names.
 */
export type Permission =
  | 'board.watch'
  | 'work.steer'
  | 'steering.watch'
  | 'steering.whisper'
  | 'quality.review'
  | 'reports.read'
  | 'exports.make'
  | 'messages.redact'
  | 'people.export'
  | 'people.erase'
  | 'replies.manage'
  | 'automation.manage'
  | 'channels.manage'
  | 'routing.manage'
  | 'fields.manage'
  | 'team.manage'
  | 'developers.manage'
  | 'privacy.manage'
  | 'audit.read'
  | 'system.manage';
