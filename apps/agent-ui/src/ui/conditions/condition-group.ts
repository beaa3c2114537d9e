/** How the members of a group are joined; 'none' is written as not any. */
export type GroupKind = 'all' | 'any' | 'none';

/** Questions as an editor shows them: groups in groups, with a group outermost. */
export interface Group<Test, Kind extends string = GroupKind> {
  kind: Kind;
  members: (Test | Group<Test, Kind>)[];
}

export const groupKinds: readonly GroupKind[] = ['all', 'any', 'none'];

export function isGroup<Test extends object, Kind extends string>(
  member: Test | Group<Test, Kind>,
): member is Group<Test, Kind> {
  return 'members' in member;
}

/** A condition as the hub has it: a test, or all, any or not of conditions. */
type Written = Record<string, unknown>;

export function toGroup<Test extends object>(condition: Written): Group<Test> {
  const read = toMember<Test>(condition);
  return isGroup(read) ? read : { kind: 'all', members: [read] };
}

function toMember<Test extends object>(condition: Written): Test | Group<Test> {
  for (const kind of ['all', 'any'] as const) {
    const members = condition[kind];
    if (Array.isArray(members)) {
      return { kind, members: (members as Written[]).map((member) => toMember<Test>(member)) };
    }
  }
  if (condition['not'] !== undefined) {
    const inner = toMember<Test>(condition['not'] as Written);
    return { kind: 'none', members: isGroup(inner) && inner.kind === 'any' ? inner.members : [inner] };
  }
  return condition as Test;
}

export function fromGroup<Test extends object>(member: Test | Group<Test>): Written {
  if (!isGroup(member)) {
    return { ...member } as Written;
  }
  const members = member.members.map((one) => fromGroup(one));
  return member.kind === 'none' ? { not: { any: members } } : { [member.kind]: members };
}
