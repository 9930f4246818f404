/** Where `cortex tracking gtm` writes the container, below the project. */
export const CONTAINER_FILE = 'tracking/gtm_container.json';
