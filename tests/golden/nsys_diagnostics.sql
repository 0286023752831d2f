CREATE TABLE StringIds (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO StringIds VALUES (1,'gemm');
CREATE TABLE CUPTI_ACTIVITY_KIND_KERNEL (start INTEGER NOT NULL, end INTEGER NOT NULL, deviceId INTEGER NOT NULL, contextId INTEGER NOT NULL, streamId INTEGER NOT NULL, correlationId INTEGER, globalPid INTEGER, demangledName INTEGER NOT NULL, shortName INTEGER NOT NULL, graphNodeId INTEGER);
INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL VALUES (2000,2500,0,1,7,11,281476654432256,1,1,NULL);
CREATE TABLE DIAGNOSTIC_EVENT (timestamp INTEGER, timestampType INTEGER, source INTEGER, severity INTEGER, text TEXT, globalPid INTEGER);
INSERT INTO DIAGNOSTIC_EVENT VALUES
 (-55392340,1,3,1,'Profiling has started.',-144115188075855872),
 (1,1,1,1,'Number of CUPTI events produced: '||char(9)||'70, CUPTI buffers: '||char(9)||'3 of 50. Some CUPTI events might be missing.',281476654432256),
 (2,1,1,1,'Number of CUPTI events produced: '||char(9)||'70, CUPTI buffers: 50.',281476654432256),
 (3,1,1,3,'ActivityFlushAll returned 15: CUPTI_ERROR_NOT_INITIALIZED',281476654432256),
 (4,1,1,2,'Not all NVTX events might have been collected.',281476654432256),
 (5,1,1,2,'No CUDA events collected. Does the process use CUDA?',281478332153856),
 (6,1,1,2,'Not all CUDA events might have been collected.',281476654432256),
 (7,1,1,3,'Unified Memory cannot be traced on devices that don''t support peer-to-peer transfers.',281476654432256),
 (8,2,3,1,'Number of CUDA events collected: '||char(9)||'37.',281476654432256);
