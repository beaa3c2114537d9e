import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconPlus } from '../icons.js';
import { isGroup, type Group } from './condition-group.js';
import './conditions.css';

export interface TestProps<Test> {
  test: Test;
  onChange: (test: Test) => void;
}

/** What is asked about, and in which words. */
export interface Questions<Test, Kind extends string> {
  kinds: readonly Kind[];
  /** Inside of so many groups no further one can be begun; those that came deeper are shown. */
  deepest: number;
  begin: () => Test;
  edit: (props: TestProps<Test> & { onRemove: () => void }) => ReactNode;
  words: {
    group: string;
    kind: (kind: Kind) => string;
    nothing?: string;
    addTest: string;
    addGroup: string;
    removeGroup: string;
  };
}

interface Props<Test, Kind extends string> {
  group: Group<Test, Kind>;
  questions: Questions<Test, Kind>;
  onChange: (group: Group<Test, Kind>) => void;
  /** 1 for the outermost, which cannot be removed. */
  depth?: number;
  onRemove?: () => void;
}

/** Questions in groups, and groups in groups. */
export function GroupEditor<Test extends object, Kind extends string>({
  group,
  questions,
  onChange,
  depth = 1,
  onRemove,
}: Props<Test, Kind>) {
  const { kind, members } = group;
  const { kinds, words } = questions;
  const put = (index: number, member: Test | Group<Test, Kind>) =>
    onChange({ kind, members: members.with(index, member) });
  return (
    <fieldset className="condition-group" aria-label={`${words.group} ${words.kind(kind)}`}>
      <div className="condition-group-head">
        <NativeSelect
          label={words.group}
          value={kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as Kind, members })}
          data={kinds.map((value) => ({ value, label: words.kind(value) }))}
        />
        {onRemove && <CloseButton size="lg" aria-label={words.removeGroup} onClick={onRemove} />}
      </div>
      {members.length > 0 && (
        <ul>
          {members.map((member, index) => {
            const remove = () => onChange({ kind, members: members.toSpliced(index, 1) });
            return (
              <li key={index}>
                {isGroup(member) ? (
                  <GroupEditor
                    group={member}
                    questions={questions}
                    depth={depth + 1}
                    onChange={(changed) => put(index, changed)}
                    onRemove={remove}
                  />
                ) : (
                  questions.edit({ test: member, onChange: (changed) => put(index, changed), onRemove: remove })
                )}
              </li>
            );
          })}
        </ul>
      )}
      {members.length === 0 && depth === 1 && words.nothing !== undefined && <p>{words.nothing}</p>}
      <Additions
        questions={questions}
        canNest={depth < questions.deepest}
        add={(member) => onChange({ kind, members: [...members, member] })}
      />
    </fieldset>
  );
}

interface AdditionsProps<Test, Kind extends string> {
  questions: Questions<Test, Kind>;
  canNest: boolean;
  add: (member: Test | Group<Test, Kind>) => void;
}

function Additions<Test, Kind extends string>({ questions, canNest, add }: AdditionsProps<Test, Kind>) {
  const { begin, words } = questions;
  return (
    <div className="condition-group-acts">
      <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => add(begin())}>
        {words.addTest}
      </Button>
      {canNest && (
        <Button variant="subtle" size="xs" onClick={() => add({ kind: 'any' as Kind, members: [begin()] })}>
          {words.addGroup}
        </Button>
      )}
    </div>
  );
}
