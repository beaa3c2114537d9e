import { ActionIcon, Button, Group } from '@mantine/core';
import {
  MarkerType,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
  useReactFlow,
  type Edge,
  type Node,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { all, placeNode, setValue } from '../document/edit-document.js';
import { AddNode } from '../editor/add-node.js';
import { useEditor } from '../editor/editor-context.js';
import { RemoveNode } from '../editor/remove-node.js';
import './canvas.css';
import { FlowNode, FlowKeys, type FlowNodeContent } from './flow-node.js';
import { graphOf, neighbourOf } from './graph-of.js';
import { boxWidth } from './lay-out.js';

interface Props {
  onOpen: (node: string | null) => void;
}

const kinds = { step: FlowNode };

/** The same script as boxes and arrows. Arrows of the keyboard follow the ways, Enter opens a node's form, Delete takes it away. */
export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ onOpen }: Props) {
  const { t, locale } = useI18n();
  const { script, chosen, edit, mayEdit } = useEditor();
  const isRtl = locale === 'fa';
  const graph = useMemo(() => graphOf(script, locale, isRtl), [script, locale, isRtl]);
  const drawn = useMemo(() => graph.nodes.map((node) => toFlow(node, chosen, isRtl)), [graph, chosen, isRtl]);
  const [nodes, setNodes, onNodesChange] = useNodesState<Node<FlowNodeContent>>(drawn);
  useEffect(() => setNodes(drawn), [drawn, setNodes]);
  const edges = useMemo(() => graph.ways.map(toEdge), [graph]);
  const [asked, ask] = useState<{ add: true } | { remove: string } | null>(null);
  const flow = useReactFlow();
  const frame = useRef<HTMLElement>(null);
  const focus = (id: string) => {
    const button = frame.current?.querySelector<HTMLElement>(`[data-step="${id}"]`);
    button?.focus({ preventScroll: true });
    void flow.fitView({ nodes: [{ id }], maxZoom: flow.getZoom(), minZoom: flow.getZoom() });
  };
  const press = (event: KeyboardEvent, id: string) => {
    const way = wayOf(event.key, isRtl);
    if (event.key === 'Delete' && mayEdit) {
      ask({ remove: id });
    } else if (way) {
      const next = neighbourOf(graph.nodes, graph.ways, id, way);
      event.preventDefault();
      if (next !== null) {
        focus(next);
      }
    }
  };
  const connect = (from: string, exit: string | null, to: string) => {
    const path = graph.nodes.find(({ id }) => id === from)?.exits.find(({ key }) => key === exit)?.path;
    if (path) {
      edit(setValue(['nodes', from, ...path], to));
    }
  };
  const arrange = () => edit(all(...[...script.nodes.keys()].map((id) => placeNode(id, null))));
  return (
    <section className="flow" aria-label={t('canvas.title')} ref={frame}>
      <FlowKeys value={{ press, open: onOpen }}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={kinds}
          onNodesChange={onNodesChange}
          onNodeDragStop={(_, node) => {
            const { x, y } = node.position;
            edit(placeNode(node.id, { x: Math.round(isRtl ? -x - boxWidth : x), y: Math.round(y) }));
          }}
          onConnect={({ source, sourceHandle, target }) => connect(source, sourceHandle, target)}
          nodesDraggable={mayEdit}
          nodesConnectable={mayEdit}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          fitView
          fitViewOptions={{ maxZoom: 1, minZoom: 0.35, padding: 0.06 }}
          minZoom={0.2}
          maxZoom={1.6}
          proOptions={{ hideAttribution: true }}
        />
      </FlowKeys>
      <Tools mayEdit={mayEdit} onAdd={() => ask({ add: true })} onArrange={arrange} />
      <p className="flow-hint">{t('canvas.hint')}</p>
      {asked && 'add' in asked && <AddNode onAdded={onOpen} onClose={() => ask(null)} />}
      {asked && 'remove' in asked && <RemoveNode id={asked.remove} onClose={() => ask(null)} />}
    </section>
  );
}

interface ToolProps {
  mayEdit: boolean;
  onAdd: () => void;
  onArrange: () => void;
}

function Tools({ mayEdit, onAdd, onArrange }: ToolProps) {
  const { t } = useI18n();
  const flow = useReactFlow();
  return (
    <Group gap={6} className="flow-tools">
      {mayEdit && (
        <>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
            {t('script.addNode')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onArrange}>
            {t('canvas.arrange')}
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="default" onClick={() => void flow.fitView({ maxZoom: 1 })}>
        {t('canvas.whole')}
      </Button>
      <ActionIcon variant="default" size={26} aria-label={t('canvas.closer')} onClick={() => void flow.zoomIn()}>
        +
      </ActionIcon>
      <ActionIcon variant="default" size={26} aria-label={t('canvas.farther')} onClick={() => void flow.zoomOut()}>
        −
      </ActionIcon>
    </Group>
  );
}

function wayOf(key: string, isRtl: boolean): 'onward' | 'back' | 'up' | 'down' | null {
  switch (key) {
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    case 'ArrowRight':
      return isRtl ? 'back' : 'onward';
    case 'ArrowLeft':
      return isRtl ? 'onward' : 'back';
    default:
      return null;
  }
}

type Graph = ReturnType<typeof graphOf>;

function toFlow(node: Graph['nodes'][number], chosen: string | null, isRtl: boolean): Node<FlowNodeContent> {
  return {
    id: node.id,
    type: 'step',
    position: node.spot,
    width: boxWidth,
    height: node.height,
    sourcePosition: isRtl ? Position.Left : Position.Right,
    targetPosition: isRtl ? Position.Right : Position.Left,
    data: { node, isChosen: node.id === chosen },
  };
}

function toEdge({ id, from, exit, to, isAside }: Graph['ways'][number]): Edge {
  return {
    id,
    source: from,
    sourceHandle: exit,
    target: to,
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
    className: isAside ? 'flow-aside' : 'flow-way',
  };
}
