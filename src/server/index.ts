export {
  createDashboardServer,
  type DashboardServer,
  type DashboardServerOptions,
} from "./dashboardServer.js";
export { DEFAULT_PORT } from "./listen.js";
export { createPatientSource, type PatientSourceOptions } from "./patientSource.js";
export { createToken } from "./token.js";
