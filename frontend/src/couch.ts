/** Starts the couch page: a session, recorded muscle by muscle. */
import './styles/couch.css';
import { run } from './couch/page.tsx';

const root = document.querySelector<HTMLElement>('#couch');
const data = document.querySelector('#couch-data');

if (root && data) void run(root, data.textContent);
