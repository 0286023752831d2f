-- Messages by their text, whatever their severity and case; the harmless ones are not repeated.
CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO StringIds VALUES (1,'gemm');
CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER, end INTEGER, deviceId INTEGER, streamId INTEGER, correlationId INTEGER, globalPid INTEGER, demangledName INTEGER);
INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (2000,2500,0,7,11,281476654432256,1);
CREATE TABLE DIAGNOSTIC_EVENT (timestamp INTEGER, timestampType INTEGER, source INTEGER, severity INTEGER, text TEXT, globalPid INTEGER);
INSERT INTO DIAGNOSTIC_EVENT VALUES
 (1,1,1,2,'CUDA driver version (13.2) is not supported by this build of Nsight Systems.',281476654432256),
 (2,1,1,1,'hardware tracing is not supported on this system, falling back to legacy (software instrumented) trace',281476654432256),
 (3,1,3,2,'Scheduling information is absent.',-144115188075855872),
 (4,1,1,1,'NOT ALL CUDA EVENTS MIGHT HAVE BEEN COLLECTED.',281476654432256),
 (5,1,1,3,'Unified Memory cannot be traced on devices without it.',281476654432256),
 (6,1,1,1,'Profiling has stopped.',-144115188075855872);
