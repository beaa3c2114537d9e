/** Everything of the chat that most visitors never see: loaded when it is first wanted. */
export { callAttention } from './attention.js';
export { CallbackScreen } from './callback-screen.js';
export { FileChips } from './file-chips.js';
export { FileTray } from './file-tray.js';
export { AwayScreen, BeforeScreen } from './form-screens.js';
export { MenuScreen } from './menu-screen.js';
export { tellStanding } from './tell-standing.js';
export { default as styles } from './parts.css?inline';
