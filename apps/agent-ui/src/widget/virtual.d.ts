/** The chat's file, relative to the hub, with a mark that changes when its content does. Made by the widget's build. */
declare module 'virtual:chat-file' {
  export const chatFile: string;
}
