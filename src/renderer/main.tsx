import { createRoot } from 'react-dom/client'
import { StationRoot } from './app/station-root.tsx'
import { startI18n } from './i18n/i18n.ts'

startI18n()
const element = document.getElementById('root')
if (element) createRoot(element).render(<StationRoot />)
