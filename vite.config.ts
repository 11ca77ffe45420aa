import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vite'
import { defaultScenario } from './src/proofs/default-scenario.ts'

export default defineConfig({
  // Relative, so that `dist/` works from any path of any static host.
  base: './',
  plugins: [
    react(),
    defaultScenario(),
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: 'script-defer',
      manifest: false,
      workbox: { globPatterns: ['**/*.{html,js,css,woff2,svg}'] },
    }),
  ],
  worker: { format: 'es', plugins: () => [defaultScenario()] },
  build: { target: 'es2023', chunkSizeWarningLimit: 800 },
})
