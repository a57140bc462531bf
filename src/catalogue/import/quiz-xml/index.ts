export { readQuizXml } from './read-quiz-xml.js';
